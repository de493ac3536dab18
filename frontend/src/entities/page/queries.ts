import { queryOptions } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import type { Language } from '@/lib/language'

export type LegalPage = components['schemas']['PageOut']
export type LegalPageLine = components['schemas']['PageLine']
export type Slug = LegalPage['slug']

export const slugs = ['legal', 'privacy', 'accessibility'] as const satisfies Slug[]

export const PAGES = ['organisation', 'pages'] as const

/** The legal pages in every language, without their texts. */
export const pagesQuery = queryOptions({
  queryKey: [...PAGES, 'all'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/organisation/pages', { signal })),
  staleTime: 10 * 60_000,
})

/** One of them in one language, and the version it is at. */
export const pageQuery = (slug: Slug, language: Language) =>
  queryOptions({
    queryKey: [...PAGES, slug, language],
    queryFn: ({ signal }) =>
      answerWithVersion(
        api.GET('/api/v1/organisation/pages/{slug}', { params: { path: { slug }, query: { language } }, signal }),
      ),
  })
