import { IconHistory } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Chip } from '@/components/Chip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Option, Section } from '../options'
import { DrawnSign, HitSign } from './HitSign'
import styles from './palette.module.css'
import { Titled, Told, whereKept } from './Told'

interface OptionsProps {
  id: string
  sections: readonly Section[]
  active: string | undefined
  busy: boolean
  onLook: (key: string) => void
  onChoose: (option: Option) => void
}

export const optionId = (listId: string, key: string) => `${listId}-${key.replace(/[^\w-]/g, '_')}`

/** What may be chosen, by kind. The keyboard stays in the field above. */
export function Options({ id, sections, active, busy, onLook, onChoose }: OptionsProps) {
  const t = useText(texts)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const at = active && document.getElementById(optionId(id, active))
    if (at) at.scrollIntoView?.({ block: 'nearest' })
  }, [active, id])
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('results')} aria-busy={busy || undefined} tabIndex={-1}>
      {sections.map(({ key, heading, options }) => (
        <div key={key} role="group" aria-labelledby={`${id}-${key}`}>
          <div id={`${id}-${key}`} role="presentation" className={styles.heading}>
            {heading}
          </div>
          {options.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, as the pattern wants.
            <div
              key={option.key}
              id={optionId(id, option.key)}
              role="option"
              tabIndex={-1}
              aria-selected={option.key === active}
              className={styles.option}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => option.key !== active && onLook(option.key)}
              onClick={() => onChoose(option)}
            >
              <Shown option={option} />
              <span className={styles.key} aria-hidden="true">
                {t('enter')}
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

function Shown({ option }: { option: Option }) {
  const t = useText(texts)
  if ('hit' in option) {
    const { hit } = option
    return (
      <>
        <HitSign hit={hit} />
        <span className={styles.words}>
          <b>
            <Titled hit={hit} />
          </b>
          <small>
            <Told hit={hit} />
          </small>
        </span>
        {hit.person?.mentoring && <Chip look="soft">{t('mentoring')}</Chip>}
      </>
    )
  }
  if ('kept' in option) {
    const where = whereKept(option.kept, t)
    return (
      <>
        <DrawnSign icon={IconHistory} />
        <span className={styles.words}>
          <b>{option.kept.q}</b>
          {where && <small>{where}</small>}
        </span>
      </>
    )
  }
  const { title, detail, icon } = option.offer
  return (
    <>
      <DrawnSign icon={icon} />
      <span className={styles.words}>
        <b>{title}</b>
        {detail && <small>{detail}</small>}
      </span>
    </>
  )
}
