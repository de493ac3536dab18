import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { type Card, COMMUNITIES, type Role } from '@/entities/community/queries'
import { CHOICES } from '@/entities/notification/choices'
import type { Person } from '@/entities/person/PersonChip'
import { asked, type CommunitySearch } from './search'

export type Community = components['schemas']['CommunityOut']
export type CommunityMember = components['schemas']['CommunityMemberOut']
export type Suggestion = components['schemas']['CommunitySuggestionOut']
export type Ban = components['schemas']['BanOut']
export type JoinRequest = components['schemas']['JoinRequestOut']
export type TagCount = components['schemas']['TagCountOut']
export type Ability = Community['abilities'][number]
export type Draft = Required<components['schemas']['CommunityDraft']>

const PAGE = 24
const PRESENCE_EVERY = 60_000

export const communitiesQuery = (search: CommunitySearch) =>
  listing<Card>([...COMMUNITIES, 'found', search], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities', {
        params: { query: { ...asked(search), sort: search.sort ?? 'active', limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** How many are found, and their commonest tags: the order they are shown in changes nothing of it. */
export const tagsQuery = ({ sort: _, ...search }: CommunitySearch) =>
  queryOptions({
    queryKey: [...COMMUNITIES, 'tags', search],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/communities/tags', { params: { query: asked(search) }, signal })),
  })

/** Communities that may suit one, each with the reason why. */
export const suggestionsQuery = queryOptions({
  queryKey: [...COMMUNITIES, 'suggested'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/communities/suggestions', { signal })),
  staleTime: 60_000,
})

/** People of the organisation by their name; nobody without a word. */
export const peopleToInviteQuery = (q: string) =>
  queryOptions({
    queryKey: ['people-to-invite', q],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/directory', { params: { query: { q, sort: 'relevance', limit: 6 } }, signal })),
    select: ({ items }) =>
      items.map(
        ({ id, name, public: kind, avatar, affiliations: [first] }): Person => ({
          id,
          name,
          public: kind,
          avatar,
          affiliation: first?.programme ?? first?.title ?? first?.unit ?? null,
        }),
      ),
    enabled: q !== '',
  })

export const bansQuery = (id: string) =>
  listing<Ban>([...COMMUNITIES, 'bans', id], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/bans', {
        params: { path: { community_id: id }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const communityQuery = (id: string) =>
  queryOptions({
    queryKey: [...COMMUNITIES, 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/communities/{community_id}', { params: { path: { community_id: id } }, signal })),
  })

/** Who is connected now: asked again each minute where it is shown. */
export const presenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['community-presence', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/communities/{community_id}/presence', { params: { path: { community_id: id } }, signal }),
      ),
    refetchInterval: PRESENCE_EVERY,
    staleTime: PRESENCE_EVERY,
  })

export const membersQuery = (id: string, role: Role | undefined, q: string) =>
  listing<CommunityMember>([...COMMUNITIES, 'members', id, role, q], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/members', {
        params: { path: { community_id: id }, query: { role, q, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const requestsQuery = (id: string) =>
  listing<JoinRequest>([...COMMUNITIES, 'requests', id], (cursor, signal) =>
    answer(
      api.GET('/api/v1/communities/{community_id}/requests', {
        params: { path: { community_id: id }, query: { limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['community-link', token],
    queryFn: () => answer(api.POST('/api/v1/community-links/preview', { body: { token } })),
    enabled: token !== '',
  })

/** How a text would be read. */
export const previewQuery = (text: string) =>
  queryOptions({
    queryKey: ['community-preview', text],
    queryFn: () => answer(api.POST('/api/v1/communities/previews', { body: { text } })),
  })

/** Of what the reader is told in one. */
export const levelQuery = (id: string) =>
  queryOptions({
    queryKey: [...CHOICES, 'community', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/communities/{community_id}/notification-level', {
          params: { path: { community_id: id } },
          signal,
        }),
      ),
  })
