import { useChangePreferences } from './mutations'
import type { Preferences } from './types'

/** How the reader talks, as he changes it: what is not yet kept shows already. */
export function usePreferences(kept: Preferences) {
  const change = useChangePreferences()
  const now = change.isPending ? { ...kept, ...change.variables } : kept
  const set = (more: Partial<Preferences>) =>
    change.mutate({ ...kept, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...more })
  return { change, now, set }
}
