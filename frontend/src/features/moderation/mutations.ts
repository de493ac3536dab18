import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { CASES, type Case, type DecisionDraft } from './queries'

/** What is decided changes lists, counts and the walls: also when somebody else has just decided. */
function useRefresh() {
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all(
      [CASES, ['posts'], ['communities']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    )
  }
}

const to = ({ id, version }: Case) => ({ path: { case_id: id }, header: { 'if-match': `"${version}"` } })

/** `onDecided`: what comes before anything is read again, since the case is then no longer among those shown. */
export function useDecide(of: Case, onDecided: () => void) {
  const { path, header } = to(of)
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (body: DecisionDraft) =>
      answer(api.PUT('/api/v1/cases/{case_id}/decision', { params: { path }, headers: header, body })),
    onSuccess: () => {
      onDecided()
      return refresh()
    },
  })
}

/** Each time it is read anew, and each time it is kept that it was. */
export const useReadAround = (caseId: string) =>
  useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/cases/{case_id}/surroundings', { params: { path: { case_id: caseId } } })),
  })

export function useShowAgain(of: Case) {
  const { path, header } = to(of)
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/cases/{case_id}/hiding', { params: { path }, headers: header })),
    onSuccess: useRefresh(),
  })
}
