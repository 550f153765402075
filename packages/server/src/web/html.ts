/** Text between tags. */
export const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A value between double quotes. */
export const attribute = (value: string): string => text(value).replaceAll('"', '&quot;');

const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** A whole page. `title` is text, `head` and `body` are markup. */
export const page = (title: string, head: string, body: string): string =>
  `${DOCTYPE}
<html>
<head>
<title>${text(title)}</title>
${head}</head>
<body>
${body}
</body>
</html>`;
