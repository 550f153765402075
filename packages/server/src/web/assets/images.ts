// The pictures of the pages, drawn for them: a dot per state, a ruler, the name.

/** By name, in base64. */
export const images = {
  'icon.png':
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAO0lEQVR42mNgoDaQtw7/jw9TpBmvIcRqxmoIuqRUVxRWjNMQYjRjM2TUAFoZQFY0UpyQqJKUqZKZyAEAfw00XIy5kIcAAAAASUVORK5CYII=',
  'rule.gif': 'R0lGODlhAQABAPAAANje5Nje5CH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==',
  'state0.gif':
    'R0lGODlhDAAMAPAAAP///5qlsSH5BAEAAAAALAAAAAAMAAwAAAIXhI8Zy8p/ngxmQmAbznTnykWWcyWmUQAAOw==',
  'state1.gif':
    'R0lGODlhDAAMAPAAAP///xqKWiH5BAEAAAAALAAAAAAMAAwAAAIXhI8Zy8p/ngxmQmAbznTnykWWcyWmUQAAOw==',
  'state2.gif':
    'R0lGODlhDAAMAPAAAP///9mOBCH5BAEAAAAALAAAAAAMAAwAAAIXhI8Zy8p/ngxmQmAbznTnykWWcyWmUQAAOw==',
  'state3.gif':
    'R0lGODlhDAAMAPAAAP///8A5KyH5BAEAAAAALAAAAAAMAAwAAAIXhI8Zy8p/ngxmQmAbznTnykWWcyWmUQAAOw==',
  'supervisor.gif':
    'R0lGODlhsAAkAPEAAAAAAB87VxqKWv///yH5BAEAAAAALAAAAACwACQAAAL/hI+py+0Po5y02ouz3rz7D4biSJbmiaaJwAKs4LZvDDPzLbdIwEd80PgBhEIIsXcEMpLD3hIJBRYnOFiV1rhed87HVMH8BqNNaRdMFnPN7HJFm7PqFnB57aBe5A3h87jN9ATot+YWqIKYqKg4A9F4sZcQWWhEODGJ54fJZynx6PBZselWqeTV6YNKmWnqMGozBxorqsqa2vqXMSq2W7v4CxzsOAt7Z9GLK3ir60tqW5oRWsycrNeMTL286to8PWxMW40mLnndbU2+7cydLuz+Liz9UJcLbX+Zhopd2NfuSTwvDhZl99iFM6TPHK5+66IBlGVnIDptp/yVG0Runy2Gl/A6euwoT0MojQZB8FJ4MSWIkA7Bkaz34aRFmSo/sMQwEmXBDjR39vwINCiwmxdY/pTwCt9Cnc8mciBqwaimc5wsUjgKs2rWliGkLrXa1ANWgmFrCj2LVgRULPSuUkXYRhnHinC3ko36cIXALUoPHhpXF9tfs3ap5EVAb606aIP55Zv5uDDgtJQrW76MObPmzZw7e/58tgAAOw==',
} as const satisfies Readonly<Record<string, string>>;
