import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { useOnce } from '@/api/useOnce'
import { AUDIENCES, type Audience, type AudienceDraft } from '@/entities/audience/queries'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: AUDIENCES })
}

const to = ({ id, version }: Audience) => ({
  params: { path: { audience_id: id } },
  headers: { 'if-match': `"${version}"` },
})

/** Puts the draft in the place of one that was saved; without it, saves a new one. */
export function useSaveAudience(audience: Audience | undefined) {
  const once = useOnce()
  return useMutation({
    mutationFn: (body: AudienceDraft) =>
      answer(
        audience
          ? api.PUT('/api/v1/audiences/{audience_id}', { ...to(audience), body })
          : api.POST('/api/v1/audiences', { headers: { 'idempotency-key': once(body) }, body }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useDeleteAudience(audience: Audience) {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/audiences/{audience_id}', to(audience))),
    onSuccess: useRefresh(),
  })
}
