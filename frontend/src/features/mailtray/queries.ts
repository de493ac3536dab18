import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type TrayLine = components['schemas']['TrayLine']
export type TrayMail = components['schemas']['TrayMailOut']

const OFTEN = 4_000

/** Mails of the demonstration, the latest first; looked at again and again, since one is often waited for. */
export const trayQuery = {
  ...listing<TrayLine>(['mail-tray'], (cursor, signal) =>
    answer(api.GET('/api/v1/mail-tray', { params: { query: { cursor } }, signal })),
  ),
  staleTime: 0,
  refetchInterval: OFTEN,
}

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mail-tray', 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/mail-tray/{mail_id}', { params: { path: { mail_id: id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The mail as a mail reader would show it, under a policy of its own. */
export const documentAddress = (id: string) => `/api/v1/mail-tray/${encodeURIComponent(id)}/document`
