import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Prose } from '@/components/Prose'
import { Pills } from '@/components/Tabs'
import { type NamedPeople, toMarkdown } from '@/entities/mention/mentions'
import { useText } from '@/lib/i18n'
import type { Language } from '@/lib/language'
import { texts } from '../composer.texts'
import { previewQuery } from '../queries'
import styles from './composer.module.css'
import { MentionArea } from './MentionArea'

interface BodyFieldProps {
  communityId: string | null
  text: string
  people: NamedPeople
  language: Language
  error: string | undefined
  onChange: (text: string, people: NamedPeople) => void
}

/** The words of a post, written or looked at as they will be read. */
export function BodyField({ communityId, text, people, language, error, onChange }: BodyFieldProps) {
  const t = useText(texts)
  const [mode, setMode] = useState<'writing' | 'preview'>('writing')
  return (
    <div className={styles.markdown}>
      {mode === 'writing' ? (
        <MentionArea
          communityId={communityId}
          label={t('body')}
          hint={t('bodyHint')}
          rows={5}
          maxLength={20000}
          lang={language}
          text={text}
          people={people}
          error={error}
          onChange={onChange}
        />
      ) : (
        <Preview text={toMarkdown(text, people)} language={language} />
      )}
      <Pills
        label={t('modes')}
        options={[
          { value: 'writing', label: t('writing') },
          { value: 'preview', label: t('preview') },
        ]}
        value={mode}
        onChange={setMode}
      />
    </div>
  )
}

function Preview({ text, language }: { text: string; language: Language }) {
  const t = useText(texts)
  const written = text.trim() !== ''
  const preview = useQuery({ ...previewQuery(text), enabled: written, placeholderData: keepPreviousData })
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      {written ? (
        <Loaded query={preview}>{({ html }) => <Prose html={html} lang={language} />}</Loaded>
      ) : (
        <p>{t('nothingWritten')}</p>
      )}
    </section>
  )
}
