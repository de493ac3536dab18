import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import type { Choice } from '@/components/forms/ComboField'
import { Form } from '@/components/forms/Form'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { Disclosed } from '../Disclosed'
import { texts as common } from '../i18n'
import { texts } from './i18n'
import { useCreateUnit } from './mutations'
import { UnitFields, type UnitSaid, unitFields, unitSent } from './UnitFields'

/** A new unit, by default in the one that is shown. */
export function AddUnit({ parent }: { parent: Choice | null }) {
  const t = useText(texts)
  const [added, setAdded] = useState<string>()
  return (
    <>
      <div className={admin.said}>
        <Result>{added && t('unitAdded', { name: added })}</Result>
      </div>
      <Disclosed words={t('addUnit')}>
        {(close) => (
          <UnitForm
            parent={parent}
            onClose={close}
            onAdded={(name) => {
              setAdded(name)
              close()
            }}
          />
        )}
      </Disclosed>
    </>
  )
}

interface UnitFormProps {
  parent: Choice | null
  onClose: () => void
  onAdded: (name: string) => void
}

function UnitForm({ parent, onClose, onAdded }: UnitFormProps) {
  const t = useText(texts)
  const tc = useText(common)
  const [unit, setUnit] = useState<UnitSaid>({ name: '', kind: parent ? 'department' : 'component', code: '', parent })
  const once = useOnce()
  const creating = useCreateUnit()
  const errors = formErrors(creating.error, unitFields)
  const create = () => {
    const draft = unitSent(unit)
    creating.mutate({ draft, once: once(draft) }, { onSuccess: ({ name }) => onAdded(name) })
  }
  return (
    <Form error={errors.form} failure={creating.error} onSubmit={() => creating.isPending || create()}>
      <div className={admin.form}>
        <UnitFields unit={unit} onChange={(more) => setUnit({ ...unit, ...more })} errors={errors.fields} />
      </div>
      <div className={admin.end}>
        <Button type="submit" busy={creating.isPending}>
          {t('add')}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {tc('cancel')}
        </Button>
      </div>
    </Form>
  )
}
