import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The sandbox serves dist/page at its own root; relative asset addresses let it stand under any path. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../../dist/page', import.meta.url)),
    emptyOutDir: true,
    // Block Kit's renderer brings a markdown parser and an emoji table; splitting a page served from this machine gains nothing.
    chunkSizeWarningLimit: 2000,
  },
});
