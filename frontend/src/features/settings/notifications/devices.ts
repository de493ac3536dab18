import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { PlainError } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { NOTIFICATIONS } from '@/entities/notification/queries'
import { translator } from '@/lib/i18n'
import { pushState, subscribeToPush, unsubscribeFromPush } from '@/lib/push'
import { texts } from './device.texts'

export type Device = components['schemas']['DeviceOut']

export const devicesQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'devices'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/devices', { signal })),
  select: ({ items }) => items,
})

/** What this browser can and does: asked anew whenever the devices are. */
export const stateQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'push'],
  queryFn: pushState,
})

function useRefresh() {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: NOTIFICATIONS })
}

/** Has this browser pushed to, once its person lets it. */
export function useTurnOn() {
  return useMutation({
    mutationFn: async (shows: Device['shows']) => {
      const { public_key } = await answer(api.GET('/api/v1/devices/key'))
      const address = await subscribeToPush(public_key).catch(() => {
        throw new PlainError(translator(texts)('failed'))
      })
      if (address === undefined) throw new PlainError(translator(texts)('refusedNow'))
      return answer(api.POST('/api/v1/devices', { body: { ...address, shows } }))
    },
    onSettled: useRefresh(),
  })
}

export function useTurnOff() {
  return useMutation({
    mutationFn: async ({ id, is_current }: Device) => {
      await answer(api.DELETE('/api/v1/devices/{device_id}', { params: { path: { device_id: id } } }))
      if (is_current) await unsubscribeFromPush()
    },
    onSettled: useRefresh(),
  })
}
