import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { COMMUNITIES, type Role } from '@/entities/community/queries'
import { upload } from '@/entities/file/upload'
import { type Draft, levelQuery } from './queries'

/** Who comes, leaves or changes one changes lists, counts and what one may do: all of them are read again. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: COMMUNITIES })
}

const to = (id: string) => ({ path: { community_id: id } })
const at = (version: number) => ({ 'if-match': `"${version}"` })

export function useCreateCommunity() {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: Draft; once: string }) =>
      answer(api.POST('/api/v1/communities', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

export function useChangeCommunity(id: string) {
  return useMutation({
    mutationFn: ({ change, version }: { change: components['schemas']['CommunityChange']; version: number }) =>
      answer(api.PATCH('/api/v1/communities/{community_id}', { params: to(id), body: change, headers: at(version) })),
    onSuccess: useRefresh(),
  })
}

export function useArchive(id: string) {
  return useMutation({
    mutationFn: ({ archived, version }: { archived: boolean; version: number }) => {
      const call = { params: to(id), headers: at(version) }
      return answer(
        archived
          ? api.PUT('/api/v1/communities/{community_id}/archiving', call)
          : api.DELETE('/api/v1/communities/{community_id}/archiving', call),
      )
    },
    onSuccess: useRefresh(),
  })
}

type Which = keyof components['schemas']['CommunityPicturesOut']

/** Sends a picture, then puts it in the place of the community's paving. */
export function usePutPicture(id: string, which: Which) {
  return useMutation({
    mutationFn: async ({ picture, onProgress }: { picture: File; onProgress: (part: number) => void }) => {
      const sent = await upload(picture, { onProgress })
      return answer(
        api.PUT('/api/v1/communities/{community_id}/pictures/{which}', {
          params: { path: { community_id: id, which } },
          body: { file_id: sent.id },
        }),
      )
    },
    onSuccess: useRefresh(),
  })
}

export function useRemovePicture(id: string, which: Which) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/communities/{community_id}/pictures/{which}', {
          params: { path: { community_id: id, which } },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useJoin(id: string) {
  return useMutation({
    mutationFn: (charterVersion: number) =>
      answer(
        api.PUT('/api/v1/communities/{community_id}/membership', {
          params: to(id),
          body: { charter_version: charterVersion },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useAcceptCharter(id: string) {
  return useMutation({
    mutationFn: (charterVersion: number) =>
      answer(
        api.PUT('/api/v1/communities/{community_id}/charter-acceptance', {
          params: to(id),
          body: { charter_version: charterVersion },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

/** `onLeft`: what comes before anything is read again, since what one left may no longer be there to be read. */
export function useLeave(id: string, onLeft: () => Promise<void>) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/communities/{community_id}/membership', { params: to(id) })),
    onSuccess: async () => {
      await onLeft()
      await refresh()
    },
  })
}

const toMember = (id: string, memberId: string) => ({ path: { community_id: id, member_id: memberId } })

export function useGiveRole(id: string) {
  return useMutation({
    mutationFn: ({ memberId, role }: { memberId: string; role: Role }) =>
      answer(
        api.PUT('/api/v1/communities/{community_id}/members/{member_id}/role', {
          params: toMember(id, memberId),
          body: { role },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useTakeOut(id: string) {
  return useMutation({
    mutationFn: (memberId: string) =>
      answer(api.DELETE('/api/v1/communities/{community_id}/members/{member_id}', { params: toMember(id, memberId) })),
    onSuccess: useRefresh(),
  })
}

export function useBan(id: string) {
  return useMutation({
    mutationFn: ({ memberId, reason }: { memberId: string; reason: string }) =>
      answer(
        api.PUT('/api/v1/communities/{community_id}/bans/{member_id}', {
          params: toMember(id, memberId),
          body: { reason },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useLiftBan(id: string) {
  return useMutation({
    mutationFn: (memberId: string) =>
      answer(api.DELETE('/api/v1/communities/{community_id}/bans/{member_id}', { params: toMember(id, memberId) })),
    onSuccess: useRefresh(),
  })
}

export function useAsk(id: string) {
  return useMutation({
    mutationFn: (message: string) =>
      answer(api.PUT('/api/v1/communities/{community_id}/request', { params: to(id), body: { message } })),
    onSuccess: useRefresh(),
  })
}

export function useAskNoMore(id: string) {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/communities/{community_id}/request', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

export function useAnswerRequest(id: string) {
  return useMutation({
    mutationFn: ({ memberId, accepted }: { memberId: string; accepted: boolean }) => {
      const call = { params: toMember(id, memberId) }
      return answer(
        accepted
          ? api.PUT('/api/v1/communities/{community_id}/requests/{member_id}/acceptance', call)
          : api.DELETE('/api/v1/communities/{community_id}/requests/{member_id}', call),
      )
    },
    onSuccess: useRefresh(),
  })
}

export function useMakeLink(id: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: components['schemas']['CommunityLinkDraft']; once: string }) =>
      answer(
        api.POST('/api/v1/communities/{community_id}/links', {
          params: to(id),
          body: draft,
          headers: { 'idempotency-key': once },
        }),
      ),
  })
}

export function useInvitePeople(id: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: components['schemas']['CommunityInvitationDraft']; once: string }) =>
      answer(
        api.POST('/api/v1/communities/{community_id}/invitations', {
          params: to(id),
          body: draft,
          headers: { 'idempotency-key': once },
        }),
      ),
  })
}

export function useInviteGuest(id: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: components['schemas']['GuestDraft']; once: string }) =>
      answer(
        api.POST('/api/v1/communities/{community_id}/guest-invitations', {
          params: to(id),
          body: draft,
          headers: { 'idempotency-key': once },
        }),
      ),
  })
}

export function useFollowLink(onJoined: (id: string) => Promise<void>) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (following: components['schemas']['LinkFollowing']) =>
      answer(api.POST('/api/v1/community-links/use', { body: following })),
    onSuccess: async ({ id }) => {
      await refresh()
      await onJoined(id)
    },
  })
}

/** Of what one is told there from now on. */
export function useChooseLevel(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (level: components['schemas']['CommunityLevelDraft']['level']) =>
      answer(api.PUT('/api/v1/communities/{community_id}/notification-level', { params: to(id), body: { level } })),
    onSuccess: (kept) => queryClient.setQueryData(levelQuery(id).queryKey, kept),
  })
}
