import { type TextareaHTMLAttributes, useRef } from 'react'
import { TextArea } from '@/components/forms/TextArea'
import type { NamedPeople } from '@/entities/mention/mentions'
import { Offered } from '@/entities/mention/Offered'
import { useMentioning } from '@/entities/mention/useMentioning'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import { suggestionsQuery } from '../queries'
import styles from './composer.module.css'

type Own = 'value' | 'onChange' | 'onKeyDown' | 'onSelect' | 'onBlur'

interface MentionAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Own | 'id'> {
  communityId: string | null
  label: string
  hint?: string
  error: string | undefined
  text: string
  people: NamedPeople
  onChange: (text: string, people: NamedPeople) => void
}

/** A text in which `@` and the beginning of a name offer those of the community whom one may find. */
export function MentionArea({ communityId, text, people, onChange, ...area }: MentionAreaProps) {
  const t = useText(texts)
  const field = useRef<HTMLTextAreaElement>(null)
  const mentioning = useMentioning({
    ...{ field, text, people, onChange },
    suggestions: (words) => suggestionsQuery(communityId ?? '', words),
    enabled: communityId !== null,
  })
  return (
    <div className={styles.mentions}>
      <TextArea
        {...area}
        {...mentioning.area}
        ref={field}
        value={text}
        onChange={({ target }) => {
          onChange(target.value, people)
          mentioning.look(target)
        }}
        onKeyDown={mentioning.press}
        onBlur={mentioning.close}
      />
      <Offered label={t('people')} {...mentioning.list} />
    </div>
  )
}
