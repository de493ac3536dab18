import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { WordsField } from '@/components/forms/WordsField'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { languages } from '@/lib/language'
import { texts } from '../i18n'
import type { Draft } from '../queries'
import styles from './edit.module.css'
import { MarkdownField } from './MarkdownField'

export const fields = [
  'name',
  'summary',
  'description',
  'language',
  'tags',
  'access',
  'charter',
  'posting',
  'commenting',
  'uploading',
] as const satisfies (keyof Draft)[]

interface CommunityFieldsProps {
  now: Draft
  onChange: (more: Partial<Draft>) => void
  errors: Partial<Record<keyof Draft, string>>
  /** Changing its charter asks all members to accept it again. */
  hasMembers?: boolean
}

/** What a community says of itself, who may come in, and who may do what there. */
export function CommunityFields({ now, onChange, errors, hasMembers = false }: CommunityFieldsProps) {
  const t = useText(texts)
  return (
    <>
      <Slab title={t('presentation')} className={styles.slab}>
        <TextField
          label={t('fieldName')}
          hint={t('nameHint')}
          value={now.name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
          error={errors.name}
        />
        <TextField
          label={t('fieldSummary')}
          hint={t('summaryHint')}
          optional
          value={now.summary}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange({ summary: event.target.value })}
          error={errors.summary}
        />
        <MarkdownField
          label={t('fieldDescription')}
          hint={t('descriptionHint')}
          value={now.description}
          longest={10_000}
          language={now.language}
          onChange={(description) => onChange({ description })}
          error={errors.description}
        />
        <WordsField
          label={t('fieldTags')}
          hint={t('tagsHint')}
          optional
          words={now.tags}
          onChange={(tags) => onChange({ tags })}
          most={12}
          longest={40}
          add={t('addTag')}
          kept={t('keptTags')}
          remove={(tag) => t('removeTag', { tag })}
          error={errors.tags}
        />
        <SelectField
          label={t('fieldLanguage')}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={now.language}
          onChange={(language) => onChange({ language })}
          error={errors.language}
        />
      </Slab>
      <Slab title={t('fieldAccess')} className={styles.slab}>
        <ChoiceGroup
          legend={t('accessLegend')}
          options={[
            { value: 'open', label: t('openLabel'), hint: t('openHint') },
            { value: 'on_request', label: t('requestLabel'), hint: t('requestHint') },
            { value: 'secret', label: t('secretLabel'), hint: t('secretHint') },
          ]}
          value={now.access}
          onChange={(access) => onChange({ access })}
          error={errors.access}
        />
      </Slab>
      <Slab title={t('rules')} className={styles.slab}>
        <MarkdownField
          label={t('fieldCharter')}
          hint={t(hasMembers ? 'charterChangeHint' : 'charterHint')}
          value={now.charter}
          longest={20_000}
          language={now.language}
          onChange={(charter) => onChange({ charter })}
          error={errors.charter}
        />
        <div className={styles.three}>
          <Who label={t('fieldPosting')} value={now.posting} onChange={(posting) => onChange({ posting })} />
          <Who
            label={t('fieldCommenting')}
            value={now.commenting}
            onChange={(commenting) => onChange({ commenting })}
          />
          <Who label={t('fieldUploading')} value={now.uploading} onChange={(uploading) => onChange({ uploading })} />
        </div>
      </Slab>
    </>
  )
}

type By = Draft['posting']

function Who({ label, value, onChange }: { label: string; value: By; onChange: (by: By) => void }) {
  const t = useText(texts)
  return (
    <SelectField<By>
      label={label}
      options={[
        { value: 'members', label: t('byMembers') },
        { value: 'moderators', label: t('moderators') },
      ]}
      value={value}
      onChange={onChange}
    />
  )
}
