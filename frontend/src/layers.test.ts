import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

// The walls between layers are Biome's rules. A rule whose pattern matches nothing also says « no errors », so that here each
// wall is walked into.
const forbidden = [
  ['src/features/account/queries.ts', '@/app/paths'],
  ['src/features/account/sideways.ts', '@/features/admin/queries'],
  ['src/features/account/components/Far.tsx', '../../admin/queries'],
  ['src/entities/session/queries.ts', '@/features/account/queries'],
  ['src/realtime/socket.ts', '@/entities/session/queries'],
  ['src/api/client.ts', '@/entities/session/queries'],
  ['src/components/Button.tsx', '@/api/client'],
  ['src/lib/dates.ts', '@/components/Button'],
] as const
const allowed = [
  ['src/features/account/components/List.tsx', '../queries'],
  ['src/features/account/down.ts', '@/entities/session/queries'],
  ['src/components/Field.tsx', '@/lib/i18n'],
  ['src/app/pages/HomePage.tsx', '@/features/home/components/Welcome'],
] as const

test('each layer looks only to the right, and features are islands', () => {
  expect(refused([...forbidden, ...allowed])).toEqual(forbidden.map(([place]) => place).sort())
})

/** Which of these places Biome refuses to import what they import, under our own rules. */
function refused(imports: readonly (readonly [place: string, target: string])[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'))
  copyFileSync('biome.json', join(folder, 'biome.json'))
  for (const [place, target] of imports) {
    mkdirSync(join(folder, dirname(place)), { recursive: true })
    writeFileSync(join(folder, place), `import { x } from '${target}'\n\nexport const y = x\n`)
  }
  const said = spawnSync(resolve('node_modules/.bin/biome'), ['lint', '--colors=off', '--max-diagnostics=100'], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return [...said.stderr.matchAll(/^(src\S+?):\d+:\d+ lint\/style\/noRestrictedImports/gm)]
    .map((match) => String(match[1]))
    .sort()
}
