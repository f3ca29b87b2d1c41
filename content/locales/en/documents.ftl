door-documents-title = Before you go in
door-documents-first = There is something to read and sign first.
document-ground-rules = Ground rules
document-telehealth = Meeting by video: consent
document-privacy = Privacy notice
document-part-2 = Records about substance use: consent
documents-title = What I signed
documents-lead = What holds between you and us, and what is still to be read.
documents-none = There is nothing to sign.
documents-open-title = To read and sign
documents-to-sign = to sign
documents-done = signed
documents-signed = Signed on { $when }.
documents-version = Version { $version }
documents-agree = I have read this and agree.
documents-sign = Sign
documents-questions = Questions before you sign? Call us at { $phone }.
documents-name-missing = Please write your name and tick that you agree. Nothing was signed.
documents-practice-title = What people sign
documents-practice-lead = Each text in both languages. A new version asks everybody again before their next session.
documents-draft = A draft. Nobody is asked to sign it.
documents-draft-chip = draft
documents-shipped = In force, as it ships.
documents-since = In force since { $when }.
documents-count = signed by { $signed } of { $members } members
documents-draft-lawyer = This is a draft in our own words. Have a lawyer of your place read it before you publish it.
documents-variables = Write {"{"}practice{"}"} and {"{"}phone{"}"} where the name and the phone number of the practice belong.
documents-compare = Show what would change
documents-publish = Publish
documents-publish-text = Every member gets a mail that there is something to sign, and is asked before the next session.
documents-changes = Changes ({ $language })
documents-before = Until now
documents-after = From now on
documents-unchanged = Nothing is different from the version in force. Nothing was changed.
documents-empty = Both languages need a text. Nothing was changed.
documents-too-long = A text has at most 20,000 characters, and no signs that cannot be seen. Nothing was changed.
documents-variable = A name in braces is not known: only practice and phone are. Nothing was changed.
mail-documents-subject = { $practice }: please read and sign
mail-documents-text =
    Hello,

    there is something to read and sign before your next appointment. Please sign in:
    { $link }

    { $practice }
    { $phone }
document-family = Family sessions: what holds
