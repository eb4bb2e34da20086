//! A small deck that holds all three kinds. Best options begin with “Ask”.

pub const DECK: &str = "---
id: window
title: Window tests
version: 1
licence: CC0-1.0
source book: Course binder | Example Training Co. | https://example.org/binder
---

## basic: mutual
area: BF
source: book | page | 2026-10-04 | week 3

What does it mean that peer support is *mutual*?

---

Each person **gives and receives**: both learn.

> Mutual does not mean identical.

## cloze: line
area: RS
source: book | part | unknown

Recovery is {{c1::rarely a straight line::not a failure}}.

## choice: appointment
area: RS
source: book | secondary | unknown

A woman has missed two appointments. What comes first?

- [ ] story: Tell her what helped you most.
  Only with her permission, after you have heard her.
- [x] ask: Ask what she would like to happen next.
  Best: choice and voice come first.
- [ ] refer: Refer her to the clinician.
  Being upset is not a crisis.

## basic: listen
area: IS
source: book | page | unknown

What is listening for?

---

To understand, not to answer.

## choice: secret
area: CM
source: book | page | unknown

He says he may hurt himself. What do you do?

- [ ] keep: Keep it between the two of you.
  Safety goes before confidence.
- [x] ask: Ask him directly, stay, and bring in help.
  Best: asking does not plant the idea.
- [ ] wait: Wait until the next meeting.
  It may be too late then.

## cloze: words
area: AD
source: book | page | unknown

Say “a person {{c1::with}} schizophrenia”.

## basic: boundary
area: AR
source: book | page | unknown

Who sets the boundaries?

---

Both of you, and the code of ethics.

## choice: ride
area: CI
source: book | page | unknown

She has no way to get to the group. What now?

- [ ] drive: Drive her every week.
  Kind, and it makes her depend on you.
- [x] ask: Ask what she has tried, and look at the bus plan together.
  Best: she learns the way.
- [ ] skip: Leave it; she will find out.
  Linking to resources is your work.
";
