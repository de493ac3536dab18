import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '@/api/client'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { everybody, type SaidRule } from '@/entities/audience/rule'
import { phraseOf } from '@/entities/audience/sentence'
import { texts as words } from '@/entities/audience/texts'
import { may, useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './audiences.module.css'
import { texts } from './explain.texts'

/** Why somebody is in an audience or not, condition by condition. */
export function Explain({ personId }: { personId: string }) {
  const t = useText(texts)
  const counted = may(useMember(), 'announce')
  const [said, setSaid] = useState<SaidRule>(everybody)
  const ask = useMutation({
    mutationFn: async (asked: SaidRule) => {
      const told = await answer(
        api.POST('/api/v1/people/{member_id}/audience-explanations', {
          params: { path: { member_id: personId } },
          body: { rule: asked.rule },
        }),
      )
      return { ...told, asked }
    },
  })
  const change = (next: SaidRule) => {
    setSaid(next)
    ask.reset()
  }
  return (
    <Slab title={t('title')}>
      <p className={styles.sentence}>{t('lead')}</p>
      <div className={styles.form}>
        <AudienceForm said={said} onSay={change} counted={counted} />
        <FormError>{ask.error && messageOf(ask.error)}</FormError>
        <div>
          <Button look="secondary" busy={ask.isPending} onClick={() => ask.mutate(said)}>
            {t('ask')}
          </Button>
        </div>
        <div role="status">{ask.data && <Told {...ask.data} />}</div>
      </div>
    </Slab>
  )
}

interface ToldProps {
  inside: boolean
  listed: boolean
  verdicts: readonly { group: 'all' | 'any' | 'none'; place: number; holds: boolean }[]
  asked: SaidRule
}

function Told({ inside, listed, verdicts, asked }: ToldProps) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  return (
    <>
      <p className={styles.verdict}>{t(inside ? 'inside' : 'outside')}</p>
      {!listed && <p className={styles.note}>{t('unlisted')}</p>}
      {verdicts.length > 0 && (
        <ul className={styles.verdicts} aria-label={t('reasons')}>
          {verdicts.map(({ group, place, holds }) => {
            const criterion = asked.rule[group][place]
            return (
              <li key={`${group}-${place}`} data-good={holds === (group !== 'none') || undefined}>
                <Icon as={holds ? IconCheck : IconX} size={18} />
                <span>
                  <b>{t(group)}</b> {criterion && phraseOf(criterion, asked.names, tw, language)}
                  {'\u00a0: '}
                  {t(holds ? 'yes' : 'no')}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}
