import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's own Chromium: nothing is downloaded for a test. */
const executablePath = process.env['CASEBOOK_CHROMIUM'] ?? BROWSERS.find((path) => existsSync(path)) ?? 'chromium';

/** Its sandbox cannot start as root; the rest keeps it from talking to anyone but us. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const report = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'];

/** The same specs run twice, in a browser against the web host and in Electron; `host.ts` opens either. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'e2e/results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args },
  },
  projects: [
    { name: 'web', testIgnore: ['packaged.spec.ts', 'desktop.spec.ts'] },
    { name: 'electron', testIgnore: ['packaged.spec.ts', 'links.spec.ts'] },
    { name: 'packaged', testMatch: 'packaged.spec.ts' },
  ],
});
