import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components, operations } from '@/api/schema.gen'

export type AuthorizationQuery = components['schemas']['AuthorizationQuery']
type Asked = NonNullable<operations['getAuthorizationRequest']['parameters']['query']>

/** What an application asks for, judged by the server: it alone knows which applications and addresses are right. */
export const authorizationRequest = (request: AuthorizationQuery) =>
  queryOptions({
    queryKey: ['authorization', request],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/oauth/request', { params: { query: request as Asked }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const authorize = (request: AuthorizationQuery) =>
  answer(api.POST('/api/v1/oauth/authorizations', { body: request }))
