import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Locale } from '../../contract/locales.js';
import { Public } from '../../domain/auth/access.decorator.js';
import { notFound } from '../../platform/http/errors/domain-error.js';
import { message } from '../../platform/i18n/messages.js';
import { escapeHtml } from '../../platform/mail/mail-layout.js';
import { MailAddresses } from '../../platform/mail/mail-addresses.js';
import { directionOf, mailLocale } from '../../platform/mail/mail-locale.js';
import { UnsubscribeLinks } from './unsubscribe-link.js';

/** The page behind a mail's unsubscribe link, and RFC 8058's one-click POST. Looking at the page stops nothing. */
@ApiExcludeController()
@Public()
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly addresses: MailAddresses,
  ) {}

  @Get(':token')
  ask(
    @Param('token') token: string,
    @Query('lang') lang: unknown,
    @Res({ passthrough: true }) response: Response,
  ): string {
    this.addressOf(token);
    response.type('html');
    const locale = mailLocale(lang);
    const ask = message(locale, 'mail.donor.page.ask');
    const yes = message(locale, 'mail.donor.page.yes');
    return page(locale, ask, `<form method="post"><button type="submit">${escapeHtml(yes)}</button></form>`);
  }

  @Post(':token')
  @HttpCode(200)
  async stop(
    @Param('token') token: string,
    @Query('lang') lang: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    await this.addresses.unsubscribe(this.addressOf(token));
    response.type('html');
    const locale = mailLocale(lang);
    return page(locale, message(locale, 'mail.donor.page.done'), '');
  }

  private addressOf(token: string): string {
    const address = this.links.addressOf(token);
    if (address === undefined) throw notFound();
    return address;
  }
}

function page(locale: Locale, title: string, body: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`;
  return `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head>${head}</head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}
