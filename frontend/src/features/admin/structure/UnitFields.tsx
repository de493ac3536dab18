import type { Choice } from '@/components/forms/ComboField'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import type { Unit } from '@/entities/structure/queries'
import { UnitField } from '@/entities/structure/UnitField'
import { useText } from '@/lib/i18n'
import { texts, unitKindNames } from './i18n'
import { unitKinds } from './queries'

export interface UnitSaid {
  name: string
  kind: Unit['kind']
  code: string
  parent: Choice | null
}
export const unitFields = ['name', 'kind', 'code', 'parent_id'] as const

interface UnitFieldsProps {
  unit: UnitSaid
  onChange: (more: Partial<UnitSaid>) => void
  errors: Partial<Record<(typeof unitFields)[number], string>>
}

export function UnitFields({ unit, onChange, errors }: UnitFieldsProps) {
  const t = useText(texts)
  const tk = useText(unitKindNames)
  return (
    <>
      <TextField
        label={t('name')}
        value={unit.name}
        onChange={(event) => onChange({ name: event.target.value })}
        maxLength={160}
        autoComplete="off"
        error={errors.name}
      />
      <SelectField
        label={t('kind')}
        options={unitKinds.map((value) => ({ value, label: tk(value) }))}
        value={unit.kind}
        onChange={(kind) => onChange({ kind })}
        error={errors.kind}
      />
      <TextField
        label={t('code')}
        hint={t('codeHint')}
        optional
        value={unit.code}
        onChange={(event) => onChange({ code: event.target.value })}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        error={errors.code}
      />
      <UnitField
        label={t('parent')}
        optional
        value={unit.parent}
        onChange={(parent) => onChange({ parent })}
        error={errors.parent_id}
      />
    </>
  )
}

/** What is sent of what was typed: an empty code is none. */
export const unitSent = ({ name, kind, code, parent }: UnitSaid) => ({
  name: name.trim(),
  kind,
  code: code.trim() || null,
  parent_id: parent?.id ?? null,
})
