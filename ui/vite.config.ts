import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** What the window allows; `vite preview` sends the same, so that a breach shows before packaging. */
const csp = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self'", "media-src blob:",
  "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "object-src 'none'",
].join('; ');

export default defineConfig({
  base: './',
  plugins: [svelte()],
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, headers: { 'Content-Security-Policy': csp } },
  build: {
    target: 'safari16',
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // Without this, tests would load Svelte's server half.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    include: ['tests/**/*.test.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    pool: 'forks', // in a process of its own a test may change the time zone
  },
});
