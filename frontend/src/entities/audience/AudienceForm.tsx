import { IconPlus, IconX } from '@tabler/icons-react'
import { Fragment, useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { AudienceCount } from './AudienceCount'
import styles from './audience.module.css'
import { CriterionDialog } from './CriterionDialog'
import { type Group, groups, isFull, isNoun, replaced, type SaidRule, withCriterion } from './rule'
import { phraseOf } from './sentence'
import { texts } from './texts'

interface AudienceFormProps {
  said: SaidRule
  onSay: (said: SaidRule) => void
  /** What the whole is called: « Destinataires » unless said otherwise. */
  legend?: string
  /** Whether who writes it may count people. */
  counted?: boolean
}

interface Editing {
  group: Group
  /** Of what is changed; absent for a new one. */
  place?: number
}

const added = { all: 'addAll', any: 'addAny', none: 'addNone' } as const
const joint = { all: 'and', any: 'or', none: 'or' } as const

/** Whom something is for, said as a sentence whose parts are changed one by one, with how many people that makes. */
export function AudienceForm({ said, onSay, legend, counted = true }: AudienceFormProps) {
  const t = useText(texts)
  const [editing, setEditing] = useState<Editing | null>(null)
  const id = useId()
  const { rule, names } = said
  const criterion = editing?.place === undefined ? undefined : rule[editing.group][editing.place]
  const newTitle = t(editing?.group === 'none' ? 'newExclusion' : 'newCriterion')
  return (
    <fieldset className={styles.audience} aria-describedby={counted ? id : undefined}>
      <legend>{legend ?? t('legend')}</legend>
      {groups.map((group) => (
        <Line
          key={group}
          group={group}
          said={said}
          onSay={onSay}
          onEdit={(place) => setEditing({ group, ...(place !== undefined && { place }) })}
        />
      ))}
      {counted && (
        <div id={id}>
          <AudienceCount rule={rule} />
        </div>
      )}
      <CriterionDialog
        open={editing !== null}
        title={criterion ? t('changeCriterion') : newTitle}
        criterion={criterion}
        names={names}
        onClose={() => setEditing(null)}
        onKeep={(next, more) => {
          if (editing?.place !== undefined) onSay(replaced(said, editing.group, editing.place, next, more))
          else if (editing) onSay(withCriterion(said, editing.group, next, more))
        }}
      />
    </fieldset>
  )
}

function Line({
  group,
  said,
  onSay,
  onEdit,
}: {
  group: Group
  said: SaidRule
  onSay: (said: SaidRule) => void
  onEdit: (place?: number) => void
}) {
  const t = useText(texts)
  const language = useLanguage()
  const criteria = said.rule[group]
  const noun = said.rule.all.length > 0
  const lead = {
    all: noun ? t(isNoun(said.rule.all[0]) ? 'theNoun' : 'people') : said.rule.any.length > 0 ? '' : t('everybody'),
    any: noun ? t('andOneOf') : t('oneOf'),
    none: t(isNoun(criteria[0]) ? 'exceptNoun' : 'except'),
  }[group]
  return (
    <div className={styles.line}>
      {lead !== '' && (group === 'all' || criteria.length > 0) && <span>{lead}</span>}
      {criteria.map((criterion, place) => {
        const phrase = phraseOf(criterion, said.names, t, language)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a criterion is told by its place alone.
          <Fragment key={place}>
            {place > 0 && <span>{t(joint[group])}</span>}
            <span className={styles.pill} data-group={group}>
              <button type="button" aria-label={t('edit', { what: phrase })} onClick={() => onEdit(place)}>
                {phrase}
              </button>
              <button
                type="button"
                aria-label={t('remove', { what: phrase })}
                onClick={() => onSay(replaced(said, group, place, null))}
              >
                <Icon as={IconX} size={15} />
              </button>
            </span>
          </Fragment>
        )
      })}
      <Button
        look="quiet"
        size="small"
        icon={IconPlus}
        disabled={isFull(said.rule)}
        title={isFull(said.rule) ? t('full') : undefined}
        onClick={() => onEdit()}
      >
        {t(added[group])}
      </Button>
    </div>
  )
}
