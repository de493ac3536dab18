import { useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { useProvedMutation } from '@/entities/session/proof'
import { type OpenSession, sessionsQuery, type Token, tokensQuery } from './queries'

type TokenDraft = components['schemas']['TokenDraft']

export function useEndSession() {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: ({ id }: OpenSession) =>
      answer(api.DELETE('/api/v1/me/sessions/{session_id}', { params: { path: { session_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
}

export function useEndOtherSessions() {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/sessions')),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
}

export function useCreateToken() {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: (draft: TokenDraft) => answer(api.POST('/api/v1/me/tokens', { body: draft })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  })
}

export function useRevokeToken() {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: ({ id }: Token) =>
      answer(api.DELETE('/api/v1/me/tokens/{token_id}', { params: { path: { token_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  })
}
