import { IconSchool } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { leaveFor } from '@/entities/university/errand'
import { useProviders } from '@/entities/university/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { askUniversity } from '../university'
import { texts } from '../university.texts'
import styles from './account.module.css'

/** One button for each university whose word is taken here; nothing where there is none. */
export function UniversityButtons({ next }: { next: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const providers = useProviders()
  const leave = useMutation({
    mutationFn: askUniversity,
    onSuccess: (url) => leaveFor(url, { wish: 'sign_in', next }),
  })
  if (providers.length === 0) return null
  return (
    <div className={styles.stack}>
      <FormError>{leave.error && messageOf(leave.error)}</FormError>
      {providers.map(({ key, name }) => (
        <Button
          key={key}
          size="large"
          wide
          icon={IconSchool}
          busy={leave.isPending || leave.isSuccess}
          onClick={() => leave.mutate(key)}
        >
          {t('signIn', { provider: name[language] ?? key })}
        </Button>
      ))}
    </div>
  )
}
