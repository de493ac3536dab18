import { IconSchool } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { useProviders } from '@/entities/university/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Row, Rows } from '../Rows'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useLinkUniversity } from './mutations'
import type { Credentials } from './queries'

/** By what the university knows this member. Nothing is shown where there is none to link, nor any that is linked. */
export function UniversityIdentity({ credentials }: { credentials: Credentials }) {
  const t = useText(texts)
  const language = useLanguage()
  const providers = useProviders()
  const linking = useLinkUniversity()
  const { identifier, abilities } = credentials
  if (identifier === null && providers.length === 0) return null
  return (
    <Slab title={t('university')}>
      <p className={styles.lead}>{t(identifier === null ? 'universityLead' : 'universityOn')}</p>
      {identifier !== null && (
        <Rows label={t('university')}>
          <Row icon={IconSchool} name={identifier} facts={t('universityFor')} />
        </Rows>
      )}
      <FormError>{linking.error && messageOf(linking.error)}</FormError>
      {abilities.includes('link_university') && (
        <div className={styles.end}>
          {providers.map(({ key, name }) => (
            <Button
              key={key}
              look="secondary"
              icon={IconSchool}
              busy={linking.isPending || linking.isSuccess}
              onClick={() => linking.mutate(key)}
            >
              {providers.length === 1
                ? t('linkUniversity')
                : t('linkUniversityBy', { provider: name[language] ?? key })}
            </Button>
          ))}
        </div>
      )}
    </Slab>
  )
}
