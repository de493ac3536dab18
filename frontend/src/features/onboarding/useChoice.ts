import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { interestsQuery, myInterestsQuery } from '@/entities/interest/queries'
import { useLanguage } from '@/lib/language'

/** What is ticked: what the server keeps, until the person ticks something else. */
export function useChoice() {
  const all = useQuery(interestsQuery(useLanguage()))
  const mine = useQuery(myInterestsQuery)
  const [changed, setChanged] = useState<string[]>()
  const chosen = changed ?? mine.data?.interests ?? []
  return {
    interests: all.data?.items ?? [],
    chosen,
    toggle: (key: string) => setChanged(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]),
    ready: all.isSuccess && mine.isSuccess,
    error: all.error ?? mine.error,
    retry: () => {
      if (all.isError) void all.refetch()
      if (mine.isError) void mine.refetch()
    },
  }
}

export type Choice = ReturnType<typeof useChoice>
