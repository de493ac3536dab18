import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react(), preloadFonts()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': 'http://localhost:8000' } },
  build: {
    manifest: true,
    // The page's policy has no `data:` fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page is made of is one file. What several pages share comes in a few files and not in hundreds: on a
          // phone each costs as long as the way there and back, six at most are fetched together, and asking for one takes
          // the processor as long as drawing a post. So a post, and all it is made of, is one file.
          groups: [
            { name: 'frame', tags: ['$initial'] },
            { name: 'icons', test: /[\\/]@tabler[\\/]/ },
            { name: 'shared', minShareCount: 25 },
            { name: 'home', test: /[\\/](features[\\/]home|pages[\\/]useAsked)[.\\/]/ },
            { name: 'common', test: /[\\/](person[\\/]PersonChip|lib[\\/]size)\./ },
            { name: 'posts', test: /[\\/]posts[\\/]components[\\/](HomeComposer|PostCard)\./ },
          ],
        },
      },
    },
  },
  test: {
    globals: true,
    environment: 'jsdom',
    // One browser and one load of the pages for the files of a process: four fifths of the time went there. What a test
    // leaves behind is cleared by the set-up, the mocks and globals below.
    isolate: false,
    setupFiles: ['./src/testing/setup.ts'],
    env: { DEBUG_PRINT_LIMIT: '3000' },
    testTimeout: 40_000,
    restoreMocks: true,
    unstubGlobals: true,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: [
        'src/**/*.gen.ts',
        'src/**/*.d.ts',
        'src/**/*.test.{ts,tsx}',
        'src/testing/**',
        'src/main.tsx',
        'src/app/kitchen/**',
      ],
    },
  },
})

/** Asks for the two fonts of the first screen at once, so that text does not change shape after paint. */
function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /-latin-wght-normal-[^/]+\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: '' },
            injectTo: 'head' as const,
          })),
    },
  }
}
