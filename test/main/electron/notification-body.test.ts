import { expect, test } from 'vitest';
import { notificationBody } from '../../../src/main/electron/notification-body.js';

const hostile = 'docs & <b>site</b>\n<a href="https://x">click</a> &lt;';

test('a server that renders markup is given what renders as the text', () => {
  expect(notificationBody(hostile, ['body', 'body-markup'])).toBe(
    'docs &amp; &lt;b&gt;site&lt;/b&gt;\n&lt;a href="https://x"&gt;click&lt;/a&gt; &amp;lt;',
  );
});

test('a server that shows plain text is given the text', () => {
  expect(notificationBody(hostile, ['body', 'actions'])).toBe(hostile);
});
