#!/usr/bin/env python3
"""A plain GPT as somebody writes it in PyTorch: the peer of `groundwork-cli bench`, with as many weights. Prints one line of JSON:
the median milliseconds of a step and the tokens a second."""
import argparse
import json
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        ahead = torch.ones(context, context, dtype=torch.bool).triu(1)
        self.register_buffer('ahead', ahead, persistent=False)

    def attend(self, x):
        rows, time_, width = x.shape
        q, k, v = (part.view(rows, time_, self.heads, -1).transpose(1, 2) for part in self.qkv(x).split(width, 2))
        scores = q @ k.transpose(-2, -1) / math.sqrt(width // self.heads)
        looks = scores.masked_fill(self.ahead[:time_, :time_], -math.inf).softmax(-1)
        return self.out((looks @ v).transpose(1, 2).reshape(rows, time_, width))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self, o):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(o.vocab, o.width), nn.Embedding(o.context, o.width)
        self.blocks = nn.Sequential(*[Block(o.width, o.heads, o.context) for _ in range(o.layers)])
        self.norm, self.head = nn.LayerNorm(o.width), nn.Linear(o.width, o.vocab, bias=False)

    def forward(self, ids, targets):
        x = self.tokens(ids) + self.positions.weight[:ids.shape[1]]
        logits = self.head(self.norm(self.blocks(x))).float()
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def main():
    p = argparse.ArgumentParser()
    for name, usual in dict(layers=4, width=128, heads=4, context=64, batch=12, vocab=256, steps=40, warmup=5, threads=0).items():
        p.add_argument('--' + name, type=int, default=usual)
    p.add_argument('--precision', choices=['fp32', 'bf16'], default='fp32')
    o = p.parse_args()
    torch.manual_seed(0)
    if o.threads:
        torch.set_num_threads(o.threads)
    model = Gpt(o)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    ids = torch.randint(0, o.vocab, (o.batch, o.context + 1))
    seconds = []
    for step in range(o.warmup + o.steps):
        begun = time.perf_counter()
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=o.precision == 'bf16'):
            loss = model(ids[:, :-1], ids[:, 1:])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step >= o.warmup:
            seconds.append(time.perf_counter() - begun)
    median = statistics.median(seconds)
    print(json.dumps({'torch': torch.__version__, 'threads': torch.get_num_threads(), 'ms_per_step': 1e3 * median,
                      'parameters': sum(w.numel() for w in model.parameters()),
                      'tokens_per_second': o.batch * o.context / median, 'loss': loss.item()}))


if __name__ == '__main__':
    main()
