import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { components } from '@/api/schema.gen'

export type UniversityAnswer = components['schemas']['UniversityAnswer']

/**
 * What the university sent this browser back with, or nothing when the address holds no answer. It leaves the address
 * bar at once: no history and no copied address keeps it.
 */
export function useReturned(provider: string): UniversityAnswer | null {
  const { searchStr } = useLocation()
  const router = useRouter()
  const [returned] = useState(() => readAnswer(provider, searchStr))
  useEffect(() => {
    if (searchStr !== '') router.history.replace(router.state.location.pathname)
  }, [searchStr, router])
  return returned
}

function readAnswer(provider: string, search: string): UniversityAnswer | null {
  const query = new URLSearchParams(search)
  const given = (name: string) => query.get(name) || null
  const state = given('state')
  const [code, error] = [given('code'), given('error')]
  if (state === null || (code === null) === (error === null)) return null
  return { provider, state, code, error, iss: given('iss') }
}
