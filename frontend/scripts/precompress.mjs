// Packs what the server sends as it is, once, at the best level. index.html is left out: each request gets its own nonce.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
const worth = /\.(js|css|svg|json|webmanifest)$/
const packers = {
  '.br': (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: 9 }),
}

const files = (await readdir(dist, { recursive: true })).filter((name) => worth.test(name) && !name.startsWith('.'))
if (files.length === 0) throw new Error('precompress: nothing to pack in dist/')
for (const name of files) {
  const bytes = await readFile(join(dist, name))
  for (const [suffix, pack] of Object.entries(packers)) {
    const packed = await pack(bytes)
    if (packed.length < bytes.length) await writeFile(join(dist, name + suffix), packed)
  }
}
console.log(`precompress: ${files.length} files packed`)
