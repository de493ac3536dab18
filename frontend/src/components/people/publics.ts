import { dictionary } from '@/lib/i18n'

/** The four publics, in the order every legend and mix bar follows. */
export const publics = ['student', 'alum', 'staff', 'partner'] as const
export type Public = (typeof publics)[number]

/** How many people of each public; absent means none. */
export type PublicCounts = Partial<Record<Public, number>>

export const publicNames = dictionary({
  fr: { student: 'Étudiants', alum: 'Alumni', staff: 'Personnels', partner: 'Entreprises' },
  en: { student: 'Students', alum: 'Alumni', staff: 'Staff', partner: 'Companies' },
})

export const publicCounts = dictionary({
  fr: {
    student: { one: '{count} étudiant', other: '{count} étudiants' },
    alum: { one: '{count} alumni', other: '{count} alumni' },
    staff: { one: '{count} personnel', other: '{count} personnels' },
    partner: { one: '{count} entreprise', other: '{count} entreprises' },
  },
  en: {
    student: { one: '{count} student', other: '{count} students' },
    alum: { one: '{count} alum', other: '{count} alumni' },
    staff: { one: '{count} staff member', other: '{count} staff' },
    partner: { one: '{count} company', other: '{count} companies' },
  },
})
