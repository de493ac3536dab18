import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { useText } from '@/lib/i18n'
import { texts } from '../asked.texts'
import { useVote } from '../mutations'
import type { PollPost } from '../queries'
import styles from './posts.module.css'

/** A ballot, as it was given last. */
export function Voting({ post, onDone }: { post: PollPost; onDone: () => void }) {
  const t = useText(texts)
  const { options, multiple } = post.poll
  const given = options.filter(({ mine }) => mine).map(({ id }) => id)
  const [chosen, setChosen] = useState<readonly string[]>(given)
  const [missing, setMissing] = useState(false)
  const vote = useVote(post.id)
  const errors = formErrors(vote.error, ['option_ids'])
  const wrong = errors.fields.option_ids ?? (missing && chosen.length === 0 ? t('chooseFirst') : undefined)
  const cast = (ids: readonly string[]) => vote.mutate([...ids], { onSuccess: onDone })
  return (
    <Form
      error={errors.form}
      failure={vote.error}
      onSubmit={() => {
        setMissing(chosen.length === 0)
        if (chosen.length > 0 && !vote.isPending) cast(chosen)
      }}
    >
      {multiple ? (
        <Several options={options} chosen={chosen} onChange={setChosen} wrong={wrong} />
      ) : (
        <ChoiceGroup
          legend={t('yourChoice')}
          error={wrong}
          options={options.map(({ id, label }) => ({ value: id, label }))}
          value={chosen[0] ?? null}
          onChange={(id) => setChosen([id])}
        />
      )}
      <p className={styles.buttons}>
        <Button type="submit" size="small" busy={vote.isPending}>
          {t('vote')}
        </Button>
        {given.length > 0 && (
          <>
            <Button look="quiet" size="small" busy={vote.isPending} onClick={() => cast([])}>
              {t('takeBack')}
            </Button>
            <Button look="quiet" size="small" onClick={onDone}>
              {t('cancel')}
            </Button>
          </>
        )}
      </p>
    </Form>
  )
}

interface SeveralProps {
  options: PollPost['poll']['options']
  chosen: readonly string[]
  onChange: (ids: readonly string[]) => void
  wrong: string | undefined
}

function Several({ options, chosen, onChange, wrong }: SeveralProps) {
  const t = useText(texts)
  return (
    <fieldset className={styles.several}>
      <legend>{t('yourChoices')}</legend>
      {options.map(({ id, label }, index) => (
        <Checkbox
          key={id}
          label={label}
          checked={chosen.includes(id)}
          error={index === 0 ? wrong : undefined}
          onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  )
}
