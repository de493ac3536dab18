import type { Dictionary, Message, Messages } from '@/lib/i18n'

/** Every dictionary of the application, found by its shape in the modules that declare texts. */
const modules = import.meta.glob<Record<string, unknown>>(
  ['./**/texts.ts', './**/*.texts.ts', './**/i18n.ts', './**/publics.ts', '!./lib/i18n.ts'],
  { eager: true },
)

const isDictionary = (value: unknown): value is Dictionary<Messages> =>
  typeof value === 'object' && value !== null && 'fr' in value && 'en' in value

const forms = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message))

const texts = Object.entries(modules).flatMap(([file, exports]) =>
  Object.values(exports)
    .filter(isDictionary)
    .flatMap(({ fr, en }) =>
      Object.keys(fr).map((key) => ({ name: `${file} ${key}`, fr: fr[key] as Message, en: en[key] as Message })),
    ),
)
const french = texts.flatMap(({ name, fr }) => forms(fr).map((text) => ({ name, text })))
const all = [...french, ...texts.flatMap(({ name, en }) => forms(en).map((text) => ({ name, text })))]

const names = (message: Message) => [...new Set(forms(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort()
const breaking = (rule: RegExp, among: typeof all) =>
  among.filter(({ text }) => rule.test(text)).map(({ name }) => name)

test('there are texts to check', () => {
  expect(texts.length).toBeGreaterThan(50)
})

test('French puts a space that does not break before : ; ? ! » and after «', () => {
  expect(breaking(/[^\u00a0\u202f][:;?!»]/, french)).toEqual([])
  expect(breaking(/«[^\u00a0\u202f]/, french)).toEqual([])
})

test('apostrophes and quotes are typographic, and nothing is cut by a middle dot', () => {
  expect(breaking(/['"]|\.\.\./, all)).toEqual([])
  expect(breaking(/·/, all)).toEqual([])
})

test('English says as much as French: no key empty, the same values in both', () => {
  expect(breaking(/^\s*$/, all)).toEqual([])
  expect(texts.filter(({ fr, en }) => names(fr).join() !== names(en).join()).map(({ name }) => name)).toEqual([])
})
