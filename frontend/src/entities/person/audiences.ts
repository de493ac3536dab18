import type { components } from '@/api/schema.gen'

export type Level = components['schemas']['LevelsOut']['headline']
/** Others, as whom a member may look at the own profile. */
export type Audience = Exclude<Level, 'me'>

/** To whom a field may be shown, each taking in those after it. */
export const levels = ['organisation', 'publics', 'communities', 'contacts', 'me'] as const satisfies readonly Level[]
export const audiences = ['organisation', 'publics', 'communities', 'contacts'] as const satisfies readonly Audience[]
