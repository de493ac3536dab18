import { useQuery } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FormError } from '@/components/forms/FormError'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { organisationQuery } from '@/entities/organisation/queries'
import { useChoose } from '@/entities/session/choices'
import { useText } from '@/lib/i18n'
import { languages, useLanguage } from '@/lib/language'
import { texts } from './i18n'

/** Takes effect at once; each language says its own name. */
export function LanguageChoice() {
  const t = useText(texts)
  const current = useLanguage()
  const { data: organisation } = useQuery(organisationQuery)
  const changing = useChoose()
  const spoken = organisation?.languages ?? languages
  const offered = languages.filter((language) => spoken.includes(language) || language === current)
  return (
    <Slab>
      <FormError>{changing.error && messageOf(changing.error)}</FormError>
      <ChoiceGroup
        legend={t('language')}
        hint={t('languageLead')}
        options={offered.map((value) => ({ value, label: languageNames[value] }))}
        value={current}
        onChange={(language) => changing.mutate({ language })}
      />
      <Result>{changing.isSuccess && t('languageSaved')}</Result>
    </Slab>
  )
}
