import type { components } from '@/api/schema.gen'
import type { MyProfile } from '../queries'

export type ProfileChange = components['schemas']['ProfileChange']
export type Levels = MyProfile['levels']
export type Field = keyof Levels

/** A step as it is typed: no end is an empty one. */
export type TypedStep = Omit<MyProfile['path'][number], 'until'> & { until: string }

/** The profile as forms hold it: what is not said is empty, never null. */
export interface Draft {
  pronouns: string
  headline: string
  biography: string
  path: TypedStep[]
  skills: string[]
  languages: MyProfile['languages']
  place: { city: string; country: string; time_zone: string }
  links: MyProfile['links']
  mentoring: MyProfile['mentoring']
  email_address_id: string
  levels: Levels
}

export function draftOf(profile: MyProfile): Draft {
  return {
    pronouns: profile.pronouns ?? '',
    headline: profile.headline ?? '',
    biography: profile.biography ?? '',
    path: profile.path.map((step) => ({ ...step, until: step.until ?? '' })),
    skills: profile.skills,
    languages: profile.languages,
    place: {
      city: profile.place?.city ?? '',
      country: profile.place?.country ?? '',
      time_zone: profile.place?.time_zone ?? '',
    },
    links: profile.links,
    mentoring: profile.mentoring,
    email_address_id: profile.email_address_id ?? '',
    levels: profile.levels,
  }
}

/** What is sent of what was changed. */
export function changeOf(changes: Partial<Draft>): ProfileChange {
  const { pronouns, headline, biography, path, place, email_address_id, ...rest } = changes
  return {
    ...rest,
    ...(pronouns !== undefined && { pronouns: said(pronouns) }),
    ...(headline !== undefined && { headline: said(headline) }),
    ...(biography !== undefined && { biography: said(biography) }),
    ...(path && { path: path.map((step) => ({ ...step, until: said(step.until) })) }),
    ...(place && { place: placeOf(place) }),
    ...(email_address_id !== undefined && { email_address_id: said(email_address_id) }),
  }
}

/** Without a city and a country there is no place, and no time either. */
function placeOf({ city, country, time_zone }: Draft['place']): ProfileChange['place'] {
  if (!said(city) && !country) return null
  return { city: city.trim(), country: said(country), time_zone: said(time_zone) }
}

const said = (text: string): string | null => text.trim() || null
