import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { NotFoundState } from '@/components/states/NotFoundState'
import { PermissionState } from '@/components/states/PermissionState'
import { isProblem, messageOf } from './problem'

interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  lines?: number
  children: (data: Data) => ReactNode
}

/** What a slab shows of its data: its shape while it comes, why it does not come, then itself, also when it grows old. */
export function Loaded<Data>({ query: { data, error, refetch }, lines = 3, children }: LoadedProps<Data>) {
  if (data !== undefined) return children(data)
  if (isProblem(error) && error.status === 403) {
    return <PermissionState title={error.title}>{error.detail}</PermissionState>
  }
  if (isProblem(error) && error.status === 404) return <NotFoundState />
  if (error) return <ErrorState onRetry={() => void refetch()}>{messageOf(error)}</ErrorState>
  return <LoadingSlab lines={lines} />
}
