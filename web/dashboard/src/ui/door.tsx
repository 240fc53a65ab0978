import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { language } from '../i18n/language.js';
import { LanguageSelect } from './language-select.js';
import { Logo } from './logo.js';
import { product } from './product.js';

interface DoorProps {
  readonly title: string;
  readonly intro: ReactNode;
  readonly children: ReactNode;
  readonly onTrouble: (error: unknown) => void;
}

/** A page for people who are not in yet: the name of the desk, a few words, what there is to do, and the languages. */
export function Door({ title, intro, children, onTrouble }: DoorProps) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w={380} maw="100%" radius="lg">
        <Stack>
          <div>
            <Group gap="xs" mb="sm">
              <Logo size={32} />
              <Text c="var(--accent)" fw={700} size="lg">
                {product.name}
              </Text>
            </Group>
            <Title order={1} size="h2">
              {title}
            </Title>
            <Text c="dimmed">{intro}</Text>
          </div>
          {children}
        </Stack>
        <Box mt="lg">
          <LanguageSelect onChoose={(locale) => void language.change(locale).catch(onTrouble)} />
        </Box>
      </Paper>
    </Center>
  );
}
