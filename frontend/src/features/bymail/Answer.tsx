import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { Result } from '@/components/states/Result'
import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './bymail.module.css'
import { isBallot, type MailLink } from './links'
import { texts } from './texts'

interface AnswerProps {
  link: MailLink
  /** What the link proposes, to who has not answered. */
  proposed: string | undefined
  busy: boolean
  error: unknown
  onAnswer: (choices: string[]) => void
}

/** What its member says, as it was said last; closed, only what that was. */
export function Answer(props: AnswerProps) {
  const t = useText(texts)
  const { link, error } = props
  const said = link.choices.filter(({ chosen }) => chosen)
  const names = said.map((one) => one.label || (isComing(one.value) ? t(one.value) : '')).join(', ')
  if (!isBallot(link)) return <Once {...props} />
  if (!link.open) {
    return (
      <>
        <FormError>{error ? messageOf(error) : null}</FormError>
        {names && <p>{t('answered', { answer: names })}</p>}
        <p>{t('closed')}</p>
      </>
    )
  }
  return <Ballot {...props} />
}

/** Something that is done, or taken back, as a whole. */
function Once({ link, busy, error, onAnswer }: AnswerProps) {
  const t = useText(texts)
  const done = link.choices.some(({ chosen }) => chosen)
  const words = WORDS[link.deed as keyof typeof WORDS]
  return (
    <div className={styles.buttons}>
      <FormError>{error ? messageOf(error) : null}</FormError>
      <Result>{done && t(words.done)}</Result>
      {!done && link.open && (
        <Button size="large" wide busy={busy} onClick={() => onAnswer(['yes'])}>
          {t(words.act)}
        </Button>
      )}
      {done && link.open && words.undo && (
        <Button size="large" wide look="secondary" busy={busy} onClick={() => onAnswer([])}>
          {t(words.undo)}
        </Button>
      )}
      {!done && !link.open && <p>{t('closed')}</p>}
    </div>
  )
}

function Ballot({ link, proposed, busy, error, onAnswer }: AnswerProps) {
  const t = useText(texts)
  const language = useLanguage()
  const given = link.choices.filter(({ chosen }) => chosen).map(({ value }) => value)
  const offered = link.choices.some(({ value }) => value === proposed)
  const [chosen, setChosen] = useState<readonly string[]>(proposed && offered ? [proposed] : given)
  const [missing, setMissing] = useState(false)
  const wrong = missing && chosen.length === 0 ? t('chooseFirst') : undefined
  const options = link.choices.map(({ value, label }) => ({
    value,
    label: label || (isComing(value) ? t(value) : value),
  }))
  return (
    <Form
      error={error ? messageOf(error) : undefined}
      failure={error}
      onSubmit={() => {
        setMissing(chosen.length === 0)
        if (chosen.length > 0 && !busy) onAnswer([...chosen])
      }}
    >
      {link.multiple ? (
        <fieldset className={styles.several}>
          <legend>{t('yourChoices')}</legend>
          {options.map(({ value, label }, index) => (
            <Checkbox
              key={value}
              label={label}
              checked={chosen.includes(value)}
              error={index === 0 ? wrong : undefined}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            />
          ))}
        </fieldset>
      ) : (
        <ChoiceGroup
          legend={t(link.deed === 'vote' ? 'yourChoice' : 'yourAnswer')}
          error={wrong}
          options={options}
          value={chosen[0] ?? null}
          onChange={(value) => setChosen([value])}
        />
      )}
      {link.until && <p>{t('until', { at: formatMomentWithin(link.until, language) })}</p>}
      <div className={styles.buttons}>
        <Button type="submit" size="large" wide busy={busy}>
          {t(given.length > 0 ? 'change' : 'confirm')}
        </Button>
        {given.length > 0 && (
          <Button size="large" wide look="secondary" busy={busy} onClick={() => onAnswer([])}>
            {t('takeBack')}
          </Button>
        )}
      </div>
    </Form>
  )
}

const WORDS = {
  acknowledge: { act: 'acknowledge', done: 'acknowledged', undo: undefined },
  thank: { act: 'thank', done: 'thanked', undo: 'unthank' },
  follow: { act: 'follow', done: 'followed', undo: 'unfollow' },
  reply: { act: 'reply', done: 'replied', undo: undefined },
} as const

const isComing = (value: string) => value === 'yes' || value === 'maybe' || value === 'no'
