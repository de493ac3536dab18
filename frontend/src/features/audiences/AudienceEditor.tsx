import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { type Audience, saidBy } from '@/entities/audience/queries'
import { everybody } from '@/entities/audience/rule'
import { useText } from '@/lib/i18n'
import styles from './audiences.module.css'
import { texts } from './i18n'
import { useSaveAudience } from './mutations'

interface AudienceEditorProps {
  /** What is changed; absent for a new one. */
  audience?: Audience
  onDone: () => void
  onCancel: () => void
}

export function AudienceEditor({ audience, onDone, onCancel }: AudienceEditorProps) {
  const t = useText(texts)
  const [said, setSaid] = useState(audience ? saidBy(audience) : everybody)
  const [shared, setShared] = useState(audience?.shared ?? false)
  const [frozen, setFrozen] = useState(audience?.frozen ?? false)
  const save = useSaveAudience(audience)
  const errors = formErrors(save.error, ['name'])
  return (
    <Slab title={t(audience ? 'changing' : 'newOne')}>
      <Form
        error={errors.form}
        failure={save.error}
        onSubmit={(values) =>
          save.mutate({ name: values('name'), rule: said.rule, shared, frozen }, { onSuccess: onDone })
        }
      >
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          maxLength={100}
          defaultValue={audience?.name}
          error={errors.fields.name}
          autoComplete="off"
        />
        <div className={styles.form}>
          <AudienceForm said={said} onSay={setSaid} />
          <Checkbox
            label={t('share')}
            hint={t('shareHint')}
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
          <Checkbox
            label={t('freeze')}
            hint={t('freezeHint')}
            checked={frozen}
            onChange={(event) => setFrozen(event.target.checked)}
          />
          <div className={styles.acts}>
            <Button type="submit" busy={save.isPending}>
              {t('save')}
            </Button>
            <Button look="secondary" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      </Form>
    </Slab>
  )
}
