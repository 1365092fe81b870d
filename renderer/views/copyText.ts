import { toast } from '../store/store';

/** Puts a text into the clipboard and says so, or says why it cannot be. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('info', done);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    toast('error', 'The browser did not allow it to be copied. Click into the window and try again.');
  }
}
