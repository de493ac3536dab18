import { WordsField } from '@/components/forms/WordsField'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'

interface SkillFieldProps {
  skills: readonly string[]
  onChange: (skills: string[]) => void
  error: string | undefined
}

export function SkillField({ skills, onChange, error }: SkillFieldProps) {
  const t = useText(texts)
  return (
    <WordsField
      label={t('addSkill')}
      hint={t('skillsHint')}
      optional
      words={skills}
      onChange={onChange}
      most={30}
      longest={60}
      add={t('add')}
      kept={t('skillsYouHave')}
      remove={(skill) => t('removeSkill', { skill })}
      error={error}
    />
  )
}
