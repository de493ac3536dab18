import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import { numbersIn, pluralsIn } from './intl'
import { currentLanguage, type Language, useLanguage } from './language'

/** Several sentences for one number, chosen by the language's own rule (`Intl.PluralRules`). */
export interface Plural {
  one: string
  other: string
}
export type Message = string | Plural
export type Messages = Record<string, Message>

/** The same keys as the French source, each of the same kind. */
export type Translation<Source extends Messages> = {
  [Key in keyof Source]: Source[Key] extends string ? string : Plural
}
export interface Dictionary<Source extends Messages> {
  fr: Source
  en: Translation<Source>
}

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type ParamNames<M extends Message> = M extends string
  ? Names<M>
  : M extends Plural
    ? 'count' | Names<M['one']> | Names<M['other']>
    : never
type Values<M extends Message, Value> = { [Name in ParamNames<M>]: Name extends 'count' ? number : Value }
type Args<M extends Message, Value> = [ParamNames<M>] extends [never] ? [] : [params: Values<M, Value>]

export interface Translate<Source extends Messages> {
  <Key extends keyof Source>(key: Key, ...args: Args<Source[Key], string | number>): string
  /** For a sentence that holds an element, such as a link: `t.rich('accept', { terms: <a …/> })`. */
  rich: <Key extends keyof Source>(key: Key, ...args: Args<Source[Key], ReactNode>) => ReactNode
}

/** Declares the texts of one feature: French is the source, English must have every key. */
export function dictionary<const Source extends Messages>(texts: {
  fr: Source
  en: Translation<NoInfer<Source>>
}): Dictionary<Source> {
  return texts
}

/** The texts of one feature in the reader's language. */
export function useText<Source extends Messages>(texts: Dictionary<Source>): Translate<Source> {
  const language = useLanguage()
  return useMemo(() => translator(texts, language), [texts, language])
}

/** The same outside of components; asks for the language at each call when none is given. */
export function translator<Source extends Messages>(
  texts: Dictionary<Source>,
  language: Language = currentLanguage(),
): Translate<Source> {
  const translate = (key: keyof Source, params: Record<string, string | number> = {}) =>
    split(choose(texts[language][key], params.count, language))
      .map((part) => (part.name === undefined ? part.text : show(params[part.name], language)))
      .join('')
  const rich = (key: keyof Source, params: Record<string, ReactNode> = {}) =>
    split(choose(texts[language][key], params.count, language)).map((part, index) =>
      createElement(
        Fragment,
        { key: index },
        part.name === undefined ? part.text : showNode(params[part.name], language),
      ),
    )
  return Object.assign(translate, { rich }) as Translate<Source>
}

export const formatNumber = (value: number, language: Language) => numbersIn(language, {}).format(value)

function choose(message: Message | undefined, count: unknown, language: Language): string {
  if (message === undefined) throw new Error('A text is missing.')
  if (typeof message === 'string') return message
  return pluralsIn(language, {}).select(Number(count)) === 'one' ? message.one : message.other
}

function split(text: string): { text: string; name?: string }[] {
  return text
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{\w+\}$/.test(part) ? { text: part, name: part.slice(1, -1) } : { text: part }))
}

function show(value: string | number | undefined, language: Language): string {
  if (value === undefined) throw new Error('A value is missing in a text.')
  return typeof value === 'number' ? formatNumber(value, language) : value
}

const showNode = (value: ReactNode, language: Language) =>
  typeof value === 'number' ? formatNumber(value, language) : value
