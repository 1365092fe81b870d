import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import settings from '../playwright.config';
import { watchScreens } from './screenWatch';

/** Of every window, in CSS pixels. */
export const VIEWPORT = { width: 1440, height: 900 };

/** The Chromium of the window tests, started as they start it. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(settings.use?.launchOptions);
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A window of the workbench, with a watch on what its screens have drawn. */
export async function openWindow(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript(watchScreens);
  await page.goto(url);
  await page.locator('body[data-ready]').waitFor();
  return page;
}
