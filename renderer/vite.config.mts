import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // Relative, since the same files are served by the web host and by Electron's own scheme.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    // Electron 25, on which the specs run where nothing newer can be had.
    target: 'chrome114',
    // The content security policy lets fonts come from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco is large and loads late; the warning would be there at every build.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'monaco', test: /node_modules[\\/]monaco-editor[\\/]/ },
            { name: 'xterm', test: /node_modules[\\/]@xterm[\\/]/ },
            // Vite's own import function goes with what is needed at once, or the first page would wait for Monaco.
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]|preload-helper/, priority: 1 },
          ],
        },
      },
    },
  },
});
