import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const dist = fileURLToPath(new URL('./dist', import.meta.url))
const index = readFileSync(`${dist}/index.html`, 'utf8')
const files = kept(dist)
const first = files.filter((path) => !/\.(js|css)$/.test(path) || index.includes(path))

/** The service worker: one classic script at the root, which says by name all that the application is made of. */
export default defineConfig({
  publicDir: false,
  define: {
    __FILES__: JSON.stringify(files),
    __FIRST__: JSON.stringify(first),
    __VERSION__: JSON.stringify(createHash('sha256').update(index).update(files.join()).digest('hex').slice(0, 12)),
  },
  build: {
    emptyOutDir: false,
    lib: { entry: 'worker/sw.ts', formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
  },
})

/** Scripts, styles and the fonts of Latin letters. Parts that only few open come when they are opened, and stay. */
function kept(folder: string): string[] {
  const assets = readdirSync(`${folder}/assets`)
    .filter((name) => /\.(js|css)$/.test(name) || /-latin-wght-normal-.+\.woff2$/.test(name))
    .map((name) => `/assets/${name}`)
  return ['/theme.js', '/logo.svg', '/manifest.webmanifest', '/icons/icon-192.png', ...assets.sort()]
}
