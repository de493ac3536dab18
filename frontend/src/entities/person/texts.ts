import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    mentoring: 'Mentorat',
    student: 'Études',
    alum: 'Alumni {year}',
    staff: 'Personnel',
    partner: 'Entreprise',
    alumOf: 'Alumni {year}, {place}',
  },
  en: {
    mentoring: 'Mentoring',
    student: 'Student',
    alum: 'Alumni {year}',
    staff: 'Staff',
    partner: 'Company',
    alumOf: 'Alumni {year}, {place}',
  },
})
