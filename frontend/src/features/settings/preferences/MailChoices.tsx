import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { mailsQuery, useChooseMails } from './queries'

const kinds = ['contact_requests', 'mentoring', 'community_invitations', 'announcements'] as const

/** Mails that one can do without; each choice takes effect at once. */
export function MailChoices() {
  const t = useText(texts)
  const mails = useQuery(mailsQuery)
  const choosing = useChooseMails()
  return (
    <Slab title={t('mails')}>
      <p>{t('mailsLead')}</p>
      <FormError>{choosing.error && messageOf(choosing.error)}</FormError>
      <Loaded query={mails}>
        {(chosen) =>
          kinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(kind)}
              hint={t(`${kind}Hint`)}
              checked={chosen[kind]}
              onChange={(event) => choosing.mutate({ [kind]: event.target.checked })}
            />
          ))
        }
      </Loaded>
      <Result>{choosing.isSuccess && t('mailsSaved')}</Result>
    </Slab>
  )
}
