import {
  ActionIcon,
  Anchor,
  Menu,
  NavLink,
  type ActionIconProps,
  type AnchorProps,
  type MenuItemProps,
  type NavLinkProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type AnchorElement = Omit<ComponentProps<'a'>, 'color' | 'style'>;

/** Mantine's looks, the router's ways. */
export const LinkAnchor = createLink((props: AnchorProps & AnchorElement) => <Anchor {...props} />);
export const LinkNav = createLink((props: NavLinkProps & AnchorElement) => <NavLink {...props} />);
export const LinkIcon = createLink((props: ActionIconProps & AnchorElement) => (
  <ActionIcon component="a" {...props} />
));
export const LinkMenuItem = createLink((props: MenuItemProps & AnchorElement) => (
  <Menu.Item component="a" {...props} />
));
