import { ActionIcon, Button, Group, Rating, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Shape } from '../../data/api.js';
import { t } from '../../i18n/translate.js';

export type Skill = Shape<'StaffSkillResponse'>;

interface SkillsProps {
  readonly skills: readonly Skill[];
  readonly onChange: (skills: readonly Skill[]) => void;
}

const MIDDLING = 3;

/** What somebody is good at, one to five stars each. */
export function SkillsField({ skills, onChange }: SkillsProps) {
  const [text, setText] = useState('');
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

  function add(): void {
    const skill = text.trim();
    if (skill === '') return;
    onChange([...skills.filter((one) => !same(one.skill, skill)), { skill, proficiency: MIDDLING }]);
    setText('');
  }

  return (
    <Stack gap="xs" role="group" aria-label={t('people.skills')}>
      <Text size="sm" fw={600}>
        {t('people.skills')}
      </Text>
      {skills.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('people.noSkills')}
        </Text>
      )}
      {skills.map(({ skill, proficiency }) => (
        <Group key={skill} justify="space-between" wrap="nowrap">
          <Text size="sm" dir="auto" truncate>
            {skill}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Rating
              aria-label={t('people.proficiency', { skill })}
              value={proficiency}
              onChange={(value) =>
                onChange(
                  skills.map((one) =>
                    one.skill === skill ? { skill, proficiency: Math.max(1, value) } : one,
                  ),
                )
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('people.removeSkill', { skill })}
              onClick={() => onChange(skills.filter((one) => one.skill !== skill))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
      ))}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          aria-label={t('people.skillName')}
          placeholder={t('people.skillName')}
          value={text}
          maxLength={60}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          style={{ flex: 1 }}
        />
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('people.addSkill')}
        </Button>
      </Group>
    </Stack>
  );
}
