import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    // CMake builds into its own folder, so that presets do not share one.
    outDir: process.env.FEEDMUX_WEB_OUT || 'dist',
    emptyOutDir: true,
    target: 'es2021',
    // The server's Content-Security-Policy allows no data: scripts or fonts, and no inline helpers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/admin-ws': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
  test: { include: ['tests/**/*.test.{ts,tsx}'] },
});
