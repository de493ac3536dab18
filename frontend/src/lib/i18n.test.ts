import { renderHook } from '@testing-library/react'
import { act, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { dictionary, translator, useText } from './i18n'
import { setLanguage } from './language'

const texts = dictionary({
  fr: {
    hello: 'Bonjour {name}',
    people: { one: '{count} personne', other: '{count} personnes' },
    accept: 'J’accepte {terms}.',
  },
  en: {
    hello: 'Hello {name}',
    people: { one: '{count} person', other: '{count} people' },
    accept: 'I accept {terms}.',
  },
})

test('a text is filled in the language asked for', () => {
  expect(translator(texts, 'fr')('hello', { name: 'Inès' })).toBe('Bonjour Inès')
  expect(translator(texts, 'en')('hello', { name: 'Inès' })).toBe('Hello Inès')
})

test('plurals and numbers follow each language: zero is singular in French, plural in English', () => {
  expect(translator(texts, 'fr')('people', { count: 0 })).toBe('0 personne')
  expect(translator(texts, 'en')('people', { count: 0 })).toBe('0 people')
  expect(translator(texts, 'fr')('people', { count: 18_240 })).toMatch(/^18\s240 personnes$/)
  expect(translator(texts, 'en')('people', { count: 18_240 })).toBe('18,240 people')
})

test('a sentence may hold an element', () => {
  const sentence = translator(texts, 'en').rich('accept', {
    terms: createElement('a', { href: '/terms' }, 'the terms'),
  })
  expect(renderToStaticMarkup(sentence)).toBe('I accept <a href="/terms">the terms</a>.')
})

test('components follow the language, and so does the document', () => {
  const { result } = renderHook(() => useText(texts)('hello', { name: 'Inès' }))
  expect(result.current).toBe('Bonjour Inès')
  act(() => setLanguage('en'))
  expect(result.current).toBe('Hello Inès')
  expect(document.documentElement.lang).toBe('en')
})

test('a key, a parameter or a translation that is not there does not compile', () => {
  const t = translator(texts, 'fr')
  // @ts-expect-error no such key
  expect(() => t('goodbye')).toThrow()
  // @ts-expect-error the name is missing
  expect(() => t('hello')).toThrow()
  // @ts-expect-error English lacks a key
  dictionary({ fr: { a: 'A', b: 'B' }, en: { a: 'A' } })
})
